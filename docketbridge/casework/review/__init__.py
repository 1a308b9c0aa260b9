"""What a person decides and does: entries that wait, tasks, the request sheet, whose work is whose."""

"""What a docket entry says: the grammar of its text, its event's name, and the meaning that the two together give."""

"""Computing time (Rule 9006): which days a court is closed, and a period from its start to its last day, explained in words."""

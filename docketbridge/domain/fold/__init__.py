"""The fold: events and days that pass in silence give a matter's posture, its deadlines, hearings, stay points and tasks."""

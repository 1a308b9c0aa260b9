"""The facts of dockets: what feeds told, one entry with many sightings, every look at a source, and what persons decided."""

"""Placeholder written while the house is being laid."""

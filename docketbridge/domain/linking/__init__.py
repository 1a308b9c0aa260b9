"""Which matter an entry belongs to, which entry a telling is of, and what is in doubt until a person decides."""

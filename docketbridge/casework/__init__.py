"""The verbs: take a feed in, work out what follows, open a matter's file, rebuild; one transaction each."""

"""The pure heart: docket entries, what they mean, where a matter stands, and when things are due.

Nothing here reads a clock, a file, a database or the network.
"""

"""From bytes to facts: sources fetched, feeds taken in whole or not at all, and the account of what the watch saw."""

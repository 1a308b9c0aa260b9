"""The API at /api/v1: the facts that the commands give as JSON, for programs with a personal token."""

"""Who may sign in and what was seen and done: accounts, visits, tokens, second factors, and the audit's chain."""

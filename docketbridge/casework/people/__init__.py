"""Who somebody is and what they may: accounts, passwords, second factors, visits, tokens, and the audit of it all."""

"""A matter as somebody sees it: in lists, in chambers, to a trustee, to a party, and as news."""

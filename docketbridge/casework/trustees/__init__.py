"""Plan payments and the trustee's own pages."""

"""The core of docketbridge: from docket entries to postures, deadlines and matter files."""

"""Mortgage and trial payments: what a docket, a paper or a person tells of them, beside the plan and never part of it."""

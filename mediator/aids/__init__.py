"""Aids to a review: they help to talk and decide nothing."""

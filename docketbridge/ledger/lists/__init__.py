"""What is derived and kept for lists over many matters: standings, lines, passages, pages and figures. Rebuildable."""

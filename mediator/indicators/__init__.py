"""The program's indicators: each from the portal's record and from the docket, side by side, with the difference explained."""

"""What went out: papers issued, calendar items published, calendar addresses given; and who does whose tasks."""

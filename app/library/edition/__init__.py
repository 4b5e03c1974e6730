"""The editorial room: a change is proposed, read by a jurist and a technician, then published as a new version."""

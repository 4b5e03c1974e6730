"""An organisation's own wording of a public clause, on top of a version that it names."""

"""What a machine of two cores holds: capacity, twice the capacity, the nominal mix, a soak, and growth of the data."""

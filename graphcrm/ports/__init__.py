"""What services need from outside, narrow: each port is implemented in ``store/`` or by the system."""

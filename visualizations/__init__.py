"""Pages and pictures, from results alone."""

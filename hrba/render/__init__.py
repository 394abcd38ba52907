"""A `Report` to bytes. Renderers print; they decide nothing."""

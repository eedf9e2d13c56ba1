"""How reports are written: one module for each format, each with `render(report, out, …)`."""

"""Small widgets. A part knows neither store nor app: signals out, methods in."""

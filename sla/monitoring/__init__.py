"""What monitoring tells by webhook: read, matched with our services, and made outages of."""

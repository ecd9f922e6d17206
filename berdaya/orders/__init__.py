"""From a cart to goods handed over: checkout, orders, money, shipping, returns."""

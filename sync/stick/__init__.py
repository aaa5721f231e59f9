"""The way by hand: bundles on a stick, the hub's answers on the way back, and couriers."""

function discountFor(cart, coupon) {
  return cart.total * ⟦F|⟦S|coupon⟧.percent⟧;
}

module.exports = { discountFor };

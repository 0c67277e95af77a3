function quote(request) {
  return ⟦F|⟦S|request.items⟧.map⟧((item) => item.sku);
}

module.exports = { quote };

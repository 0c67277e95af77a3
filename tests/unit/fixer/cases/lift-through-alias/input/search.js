exports.search = ({ term }) => {
  const needle = term;
  return ⟦F|⟦S|needle⟧.trim⟧();
};

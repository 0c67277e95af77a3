class Service:
    def title(self, book, *, upper=False):
        return ⟦F|⟦S|book⟧.title⟧


service = Service()

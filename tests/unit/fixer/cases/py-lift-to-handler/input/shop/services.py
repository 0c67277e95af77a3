def send(reminder, loud):
    return ⟦F|⟦S|reminder.contact⟧.phone⟧

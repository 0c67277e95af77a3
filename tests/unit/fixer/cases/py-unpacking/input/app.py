from errors import ClinicError


⟦H|def order(lines):
    for line in lines:
        code, ⟦F|⟦S|packs⟧⟧ = line.split(":")
        print(code, packs)⟧

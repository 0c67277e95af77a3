from errors import ClinicError


⟦H|def order(lines):
    for line in lines:
        ⟦F|code, packs = line.split(":")⟧
        print(code, packs)⟧

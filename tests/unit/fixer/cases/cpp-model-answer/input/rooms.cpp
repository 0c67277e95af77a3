#include "web.hpp"

⟦H|void Rooms::other(const Request &request, Response &response)
{
    auto found = rooms_.find(request.name());
    response.set(⟦F|⟦S|found⟧->second⟧);
⟧}

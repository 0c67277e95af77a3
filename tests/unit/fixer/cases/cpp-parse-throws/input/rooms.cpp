#include "web.hpp"

void Rooms::show(const Request &req, Response &res)
{
    auto it = rooms_.find(req.name());
    if (it == rooms_.end()) {
        ⟦M|return sendError(res, 404, "no such room")⟧;
    }
    res.set(it->second);
}

void Rooms::other(const Request &request, Response &response)
{
    int capacity = 0;
    if (request.param("capacity") != "") {
        capacity = ⟦F|std::stoi(⟦S|request.param("capacity")⟧)⟧;
    }
    response.status = capacity;
}

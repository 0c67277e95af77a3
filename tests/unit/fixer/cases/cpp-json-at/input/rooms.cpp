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
    auto body = request.json();
    response.set(⟦F|⟦S|body.at("guest")⟧.get<std::string>()⟧);
}

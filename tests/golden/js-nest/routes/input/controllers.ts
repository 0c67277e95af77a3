import { All, Controller, Delete, Get, Header, HttpCode, HttpStatus, Inject, Param, Post, Put, Query, Redirect, Res, Version } from "@nestjs/common";
import { Response } from "express";
import { CatsService } from "./cats.service";

abstract class Listing {
  @Get("count")
  count() {
    return { count: 1 };
  }
}

@Controller({ path: "cats", version: "1" })
export class CatsController extends Listing {
  constructor(private readonly cats: CatsService) {
    super();
  }

  @Get()
  all(@Query("limit") limit?: string) {
    return this.cats.all();
  }

  @Post()
  create() {
    return { id: "2" };
  }

  @Put(":id")
  @HttpCode(HttpStatus.ACCEPTED)
  update(@Param("id") id: string) {
    return { id };
  }

  @Delete(":id")
  @HttpCode(204)
  remove() {}

  @Version("2")
  @Get([":id", ":id/details"])
  one(@Param() params: { id: string }) {
    return { id: params.id };
  }
}

@Controller("admin")
export class AdminController {
  @All("any")
  any() {
    return "any";
  }
}

@Controller()
export class PlainController {
  constructor(@Inject("NAME") private readonly name: string) {}

  @Get("plain")
  @Header("x", "y")
  plain() {
    return this.name;
  }

  @Get("old")
  @Redirect("/plain", 301)
  old() {}

  @Get("by-hand")
  byHand(@Res() response: Response) {
    response.status(206).json({ part: 1 });
  }
}

@Controller("health")
export class HealthController {
  @Get()
  async health() {
    return { ok: true };
  }
}

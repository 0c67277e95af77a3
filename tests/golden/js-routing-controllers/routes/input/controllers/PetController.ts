import { IsIn, IsInt, IsNotEmpty, IsOptional, Max, Min } from "class-validator";
import { Authorized, Body, BodyParam, CurrentUser, Delete, Get, HeaderParam, HttpCode, JsonController, OnUndefined, Param, Post, Put, QueryParam, QueryParams, UseBefore } from "routing-controllers";
import { Service } from "typedi";
import { PetNotFoundError } from "../errors";
import { PetService } from "../PetService";

class CreatePet {
  @IsNotEmpty()
  name: string;

  @IsInt()
  @Min(0)
  @Max(40)
  age: number;

  @IsOptional()
  @IsIn(["cat", "dog"])
  kind?: string;
}

class Page {
  @IsOptional()
  limit?: string;
}

@Service()
@JsonController("/pets")
export class PetController {
  constructor(private pets: PetService) {}

  @Get()
  list(@QueryParams() page: Page, @QueryParam("kind") kind: string) {
    return this.pets.find(kind);
  }

  @Get("/:id")
  @OnUndefined(PetNotFoundError)
  one(@Param("id") id: number) {
    return this.pets.one(id);
  }

  @Get("/:id/name")
  name(@Param("id") id: number) {
    return { name: this.pets.one(id).name };
  }

  @Authorized()
  @HttpCode(201)
  @Post()
  create(@Body() body: CreatePet, @CurrentUser({ required: true }) user: any) {
    return { name: body.name, age: body.age, by: user.name };
  }

  @Authorized("admin")
  @Put("/:id/owner")
  own(@Param("id") id: number, @BodyParam("owner", { required: true }) owner: string, @HeaderParam("X-Reason") reason: string) {
    return { owner, reason: reason.trim() };
  }

  @Delete("/:id")
  @OnUndefined(204)
  remove(@Param("id") id: number) {
    this.pets.remove(id);
  }
}

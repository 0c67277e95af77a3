import { Get, JsonController, Param } from "routing-controllers";

@JsonController("/tags")
export class TagController {
  @Get("/:id")
  one(@Param("id") id: string) {
    return { id };
  }
}

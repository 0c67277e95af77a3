import { Body, Controller, DefaultValuePipe, Get, Module, Param, ParseBoolPipe, ParseIntPipe, ParseUUIDPipe, Patch, Post, Put, Query, UsePipes, ValidationPipe } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { CreateOrder, Search, UpdateOrder } from "./dto";

@Controller("orders")
export class OrdersController {
  @Post()
  @UsePipes(new ValidationPipe({ whitelist: true }))
  create(@Body() order: CreateOrder) {
    return { city: order.address.city.trim(), first: order.lines[0].sku, note: order.note.length };
  }

  @Patch(":id")
  update(@Param("id", ParseUUIDPipe) id: string, @Body(new ValidationPipe()) order: UpdateOrder) {
    return { id, kind: order.kind };
  }

  @Put(":id")
  replace(@Param("id", ParseIntPipe) id: number, @Body() order: CreateOrder) {
    return { id: id.toFixed(0), city: order.address.city.trim() };
  }

  @Get()
  search(@Query(new ValidationPipe({ transform: true })) search: Search, @Query("all", new DefaultValuePipe(false), ParseBoolPipe) all: boolean) {
    return { text: search.text.trim(), all };
  }
}

@Module({ controllers: [OrdersController] })
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(3000);
}
bootstrap();

// What decorators of the document say: errors beside those that the code shows, forms where it leaves them open. How it succeeds, the code knows.
import { Body, Controller, Get, HttpStatus, Module, Post } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ApiConflictResponse, ApiNotFoundResponse, ApiOkResponse, ApiResponse } from "@nestjs/swagger";
class Item { id: number; label?: string; }
class Problem { code: string; }
@Controller("items")
@ApiResponse({ status: HttpStatus.SERVICE_UNAVAILABLE, description: "Try later" })
class Items {
  constructor(private readonly rows: Repository) {}
  @Get(":id") @ApiOkResponse({ type: Item }) @ApiNotFoundResponse({ description: "No such item" }) one() { return this.rows.find(); }
  @Get() @ApiOkResponse({ type: Item, isArray: true }) all() { return this.rows.all(); }
  @Post() @ApiOkResponse({ type: Item }) @ApiConflictResponse({ type: Problem }) add(@Body() body: any) { return { id: 1, made: true }; }
}
@Module({ controllers: [Items] }) class AppModule {}
async function run() { const app = await NestFactory.create(AppModule); await app.listen(3000); }
run();

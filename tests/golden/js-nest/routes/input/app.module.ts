import { DynamicModule, forwardRef, Module } from "@nestjs/common";
import { RouterModule } from "@nestjs/core";
import { AdminController, CatsController, HealthController, PlainController } from "./controllers";
import { CatsService } from "./cats.service";

@Module({ controllers: [CatsController], providers: [CatsService], exports: [CatsService] })
export class CatsModule {}

@Module({ controllers: [AdminController] })
export class AdminModule {}

@Module({})
export class PlainModule {
  static forRoot(options: { name: string }): DynamicModule {
    return { module: PlainModule, controllers: [PlainController], providers: [{ provide: "NAME", useValue: options.name }] };
  }
}

@Module({
  imports: [forwardRef(() => CatsModule), PlainModule.forRoot({ name: "plain" }), RouterModule.register([{ path: "back", module: AdminModule }]), AdminModule],
  controllers: [HealthController],
})
export class AppModule {}

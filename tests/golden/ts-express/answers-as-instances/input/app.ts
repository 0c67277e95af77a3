import express from 'express';
import { StatusCodes } from 'http-status-codes';
class ServiceResponse<T = null> {
  readonly success: boolean;
  readonly responseObject: T;
  readonly statusCode: number;
  private constructor(success: boolean, responseObject: T, statusCode: number) {
    this.success = success;
    this.responseObject = responseObject;
    this.statusCode = statusCode;
  }
  static success<T>(responseObject: T, statusCode: number = StatusCodes.OK) { return new ServiceResponse(true, responseObject, statusCode); }
  static failure<T>(responseObject: T, statusCode: number = StatusCodes.BAD_REQUEST) { return new ServiceResponse(false, responseObject, statusCode); }
}
const users = [{ id: 1, name: 'a' }];
class Service {
  async find(id: number) {
    try {
      const user = users.find((u) => u.id === id);
      if (!user) return ServiceResponse.failure(null, StatusCodes.NOT_FOUND);
      return ServiceResponse.success(user);
    } catch (e) {
      return ServiceResponse.failure(null, StatusCodes.INTERNAL_SERVER_ERROR);
    }
  }
}
const service = new Service();
const app = express();
app.get('/u/:id', async (req, res) => { const r = await service.find(Number(req.params.id)); res.status(r.statusCode).send(r); });
app.get('/v/:id', async (req, res) => { const r = ServiceResponse.success(1); res.status(r.statusCode).send(r); });
app.get('/w/:id', async (req, res) => { const r = new Plain(404); res.status(r.statusCode).send(r); });
class Plain { statusCode: number; constructor(code: number) { this.statusCode = code; } }
app.listen(3000);

// @prisma/client's types are generated from a project's schema. This is what all of them have in common.
declare module '@prisma/client' {
  type Query<T> = Promise<T> & { then: Promise<T>['then'] }
  interface Model {
    findUnique(args: object): Query<any>
    findUniqueOrThrow(args: object): Query<any>
    findFirst(args?: object): Query<any>
    findFirstOrThrow(args?: object): Query<any>
    findMany(args?: object): Query<any>
    create(args: object): Query<any>
    createMany(args: object): Query<any>
    createManyAndReturn(args: object): Query<any>
    update(args: object): Query<any>
    updateMany(args: object): Query<any>
    updateManyAndReturn(args: object): Query<any>
    upsert(args: object): Query<any>
    delete(args: object): Query<any>
    deleteMany(args?: object): Query<any>
    count(args?: object): Query<any>
    aggregate(args: object): Query<any>
    groupBy(args: object): Query<any>
  }
  class Models {
    [model: string]: Model
  }
  interface Client {
    $connect(): Promise<void>
    $disconnect(): Promise<void>
    $queryRaw(query: TemplateStringsArray | object, ...values: any[]): Query<any>
    $executeRaw(query: TemplateStringsArray | object, ...values: any[]): Query<number>
    $queryRawUnsafe(query: string, ...values: any[]): Query<any>
    $executeRawUnsafe(query: string, ...values: any[]): Query<number>
    $transaction(work: any, options?: { timeout?: number; maxWait?: number }): Promise<any>
    $extends(extension: any): PrismaClient
  }
  type PrismaClient = Client & Models
  const PrismaClient: new (options?: object) => PrismaClient
}

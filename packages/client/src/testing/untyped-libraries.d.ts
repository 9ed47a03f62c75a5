// Libraries whose objects the tests hand to the client; what types they have does not matter here.
declare module "busboy";
declare module "express";
declare module "formidable";
declare module "multer";
declare module "multiparty";
declare module "node-fetch-2";

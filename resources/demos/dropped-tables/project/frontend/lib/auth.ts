import { betterAuth } from "better-auth";
import { Pool } from "pg";

// Better Auth reads and writes user, session, account and verification in the database that the
// backend uses too. Its tables are made by the files in frontend/migrations.
export const auth = betterAuth({
  database: new Pool({ connectionString: process.env.DATABASE_URL }),
  socialProviders: {
    google: {
      clientId: process.env.GOOGLE_CLIENT_ID as string,
      clientSecret: process.env.GOOGLE_CLIENT_SECRET as string,
    },
  },
});

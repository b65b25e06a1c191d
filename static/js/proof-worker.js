/* Tries numbers until one fits (ALTCHA). */
import "altcha/workers/pbkdf2";

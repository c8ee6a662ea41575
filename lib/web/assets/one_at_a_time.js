// Made by `deno task page` from lib/page/; change it there.
export class OneAtATime {
#work;
#running;
#isWanted = false;
constructor(work){
this.#work = work;
}
want() {
this.#isWanted = true;
return this.#running ??= this.#run();
}
async #run() {
await Promise.resolve(); // so that it is known to run, whatever the work does
try {
while(this.#isWanted){
this.#isWanted = false;
await this.#work();
}
} finally{
this.#running = undefined;
}
}
}

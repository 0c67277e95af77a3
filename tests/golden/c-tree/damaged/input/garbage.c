ÿþ random @@ € bytes \ 
#if
